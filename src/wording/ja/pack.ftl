# The texts of src/pack, in this folder's language.
