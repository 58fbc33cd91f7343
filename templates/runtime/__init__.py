"""Runtime modules, copied verbatim into the packages that need them."""
