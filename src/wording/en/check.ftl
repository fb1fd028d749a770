# The texts of src/check, in this folder's language.
