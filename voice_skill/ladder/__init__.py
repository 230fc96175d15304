"""The way back to running: the ready-to-run gate and the run-walk ladder, over days. Pure but for
where its place is kept."""
