"""From paper to facts: dear, pure, parallel, knows nothing outside the file."""
