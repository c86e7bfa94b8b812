"""Gathering: pages fetched politely and safely, from one address, from feeds and from news sitemaps."""
