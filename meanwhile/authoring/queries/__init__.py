"""Every read a page needs: `work` for the outline, `lessons` for one lesson, `publishing`."""
