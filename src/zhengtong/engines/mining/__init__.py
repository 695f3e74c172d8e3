"""Processes as they really were: event logs read, put in order, and asked. Knows neither Django nor government."""
