"""What runs beside the web processes; `app` never imports it."""
