"""``python -m policylineage`` is ``lineage``."""

from policylineage.cli import main

if __name__ == "__main__":
    main()
