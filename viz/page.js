// Search without diacritics, and the quotations of what is selected. Text is set as text, never as HTML.
(function () {
  "use strict";
  const words = document.getElementById("words");
  const find = document.getElementById("find");
  const fold = (text) =>
    text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/\s+/g, " ").trim();

  function show(nodeIds, edgeIds) {
    const parts = nodeIds.map((id) => nodes.get(id)).concat(edgeIds.map((id) => edges.get(id)));
    const texts = parts.filter(Boolean).map((part) => part.title || part.label || "");
    words.textContent = texts.length ? texts.join("\n\n") : TEXTS.hint;
  }

  network.on("select", (event) => show(event.nodes, event.nodes.length ? [] : event.edges));
  find.addEventListener("input", () => {
    const wanted = fold(find.value);
    const hits = wanted ? nodes.get({ filter: (node) => (node.search || "").includes(wanted) }) : [];
    network.selectNodes(hits.map((node) => node.id));
    if (!wanted) {
      words.textContent = TEXTS.hint;
    } else if (!hits.length) {
      words.textContent = TEXTS.none;
    } else {
      show(hits.slice(0, 5).map((node) => node.id), []);
      if (hits.length > 5) words.textContent += `\n\n… (+${hits.length - 5})`;
      network.focus(hits[0].id, { scale: 0.9 });
    }
  });
  network.fit();
})();
