"""Which person of the registry a party is: candidates by number and name, weighed by match.toml."""

from pipeline.audit.match.answer import match
from pipeline.audit.match.compare import differ
from pipeline.audit.match.index import StaffIndex, index
from pipeline.audit.match.learned import Learned, learned
from pipeline.audit.match.printed import parties
from pipeline.audit.match.rule import Bands

__all__ = ["Bands", "Learned", "StaffIndex", "differ", "index", "learned", "match", "parties"]
