"""The mock account API: who is locked, who may do what. It holds demo persons only."""
