# The texts of src/size, in this folder's language.
