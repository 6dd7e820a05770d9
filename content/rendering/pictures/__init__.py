"""Pictures: charts, weeks and exercises, drawn by Pillow from figures alone."""
