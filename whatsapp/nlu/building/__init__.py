"""Scripts that make the files of ``whatsapp/nlu/data`` from open data; never run in service."""
