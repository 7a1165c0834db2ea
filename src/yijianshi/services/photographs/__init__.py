"""Photographs of papers (拍照识别): taken, read beside the pages, confirmed field by field, and gone."""
