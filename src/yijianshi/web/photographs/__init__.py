"""Photographing a paper (拍照填表): taken, read beside the page, compared field by field; nothing is taken over unconfirmed."""
