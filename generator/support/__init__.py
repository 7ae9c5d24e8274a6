"""Problems, files, processes: what all other rooms use."""
