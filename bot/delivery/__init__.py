"""Delivery: digests reach their channels exactly once and on time.

`worker.DeliveryWorker` is what the program runs: it plans slots that are due (`slot_queue`), claims deliveries and has
`sender.DeliverySender` compose and send them through a `message_port.MessagePort`, at the rate that `rate_limiter`
allows. `rest` is the port over discord.py.
"""
