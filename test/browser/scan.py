#!/usr/bin/env python3
"""Reads a grey picture from standard input ("WIDTH HEIGHT\n", then a byte a pixel) and prints what zbar finds in it, one line a code."""
import sys
import zbar

width, height = map(int, sys.stdin.buffer.readline().split())
picture = zbar.Image(width, height, "Y800", sys.stdin.buffer.read())
scanner = zbar.ImageScanner()
scanner.parse_config("enable")
scanner.scan(picture)
for symbol in picture:
    print(symbol.type, symbol.data)
