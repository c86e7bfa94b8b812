"""How claims stand to each other: stories, series, relations, sums and echoes, as pure functions over claims."""
