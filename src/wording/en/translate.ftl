# The texts of src/translate, in this folder's language.
