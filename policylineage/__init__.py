"""The command line and the web application of policy-lineage."""
