"""What a buyer shows at the till: a short code, also as QR; and every scan with its answer."""
