"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from cabi_crm.pdf import warm_up

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cabi_crm.settings")
application = get_wsgi_application()
warm_up()
