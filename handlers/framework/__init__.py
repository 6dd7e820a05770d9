"""The application, routing, dispatch and turns that every feature uses."""
