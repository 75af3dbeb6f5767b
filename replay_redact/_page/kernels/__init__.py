"""Trees masked with the native kernels, where they are in use."""
