"""Pages: values in, blocks of a layout out, in the reader's language."""
