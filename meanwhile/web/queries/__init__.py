"""Every read of the pages that mix rooms. `dates`, `company`, `family`, `classes`, `learners`,
`seen_as`."""
