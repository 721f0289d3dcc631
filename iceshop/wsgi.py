"""Plain HTTP, for deployments that serve ``/ws/`` apart."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iceshop.settings")
application = get_wsgi_application()
