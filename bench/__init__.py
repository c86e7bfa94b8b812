"""Speed and memory of dabi, measured on the articles of `examples/`, with dateparser beside it: `make bench`."""
