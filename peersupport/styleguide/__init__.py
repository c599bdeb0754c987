"""Every component in every state, for whoever changes one: drawn by the components themselves, of things made up."""
