"""The form's parts in a real browser, without a kernel: quick, and enough for what happens on the page itself."""
