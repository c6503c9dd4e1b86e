"""How a digest reaches its channel: planned, composed, stored, sent, reconciled. Never lost, never twice."""
