# The texts of src/price, in this folder's language.
