"""One message after the other: was it understood rightly?"""
