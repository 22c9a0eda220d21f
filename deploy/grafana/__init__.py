"""The dashboards, as code: ``python -m deploy.grafana`` writes them as JSON into ``dashboards/`` beside this file."""
