"""What persons see: server-rendered pages, one package per person, one module per page."""
