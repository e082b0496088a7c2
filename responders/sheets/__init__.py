"""Spreadsheets that people open in Excel, LibreOffice or Numbers; no text in them is a formula."""
