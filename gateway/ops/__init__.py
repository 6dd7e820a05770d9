"""Operation: logs, metrics, health endpoints, leadership of replicas."""
