"""The use cases: what both front ends hold. Time, settings and folders come in here and are passed down."""
