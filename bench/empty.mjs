// The floor of what importing a module costs.
