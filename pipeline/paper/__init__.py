"""The blank form: templates, names, check code, look."""
