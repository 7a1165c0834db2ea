"""The API of machines, version 1 (接口): submissions, cases, catalogue, feed, verification."""
