"""Papers that hold several people's: review packs and handover sheets."""
