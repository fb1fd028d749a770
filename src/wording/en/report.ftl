# The texts of src/render, in this folder's language.
