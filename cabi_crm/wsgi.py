"""What gunicorn serves."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

from cabi_crm.pdf import warm_up

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cabi_crm.settings")
application = get_wsgi_application()
# Pages can be served at once; whoever prints in the first second waits for the fonts, as the
# engine's own lock sees to.
Thread(target=warm_up, daemon=True).start()
