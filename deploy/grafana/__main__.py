"""Write every dashboard into its file."""

from deploy.grafana.catalogue import FOLDER, texts

if __name__ == "__main__":
    for name, text in texts().items():
        (FOLDER / name).write_text(text)
