"""Pure: the words by which names of organisations are cut out of running text."""

from intake.understanding.texts.patterns import vocabulary

LOW_KINDS = vocabulary(
    """
    council hospital hospice practice surgery school college university academy centre
    center pharmacy clinic housing police library church mosque temple nursery trust charity
    association partnership federation homes hub ambulance jobcentre foodbank
    """
)
LOW_ADJECTIVES = vocabulary(
    """
    day community primary secondary medical sixth housing social adult health dental junior
    infant nursery family special
    """
)
LEADING = vocabulary(
    """
    with the we our both all also neither either only even from and in at for as this that
    these those when while if two
    three several local some all having once because after before since so then but or
    though although they he she it their his her my your dear hi hello people men women
    families children patients nurses doctors staff colleagues midwives half most many every
    would could should can will does do did is are was were has have
    each our
    """
)
GENERIC = vocabulary(
    """
    gp nhs a&e local the our ics icb stp pcn camhs adult adults children childrens social
    care community health mental primary secondary housing police fire ambulance service
    services council hospital trust school schools college practice practices surgery
    surgeries pharmacy pharmacies pharmacists borough borough's department team teams public
    education voluntary sector london and of for other various several two three four
    department's the long covid clinic ward
    """
)
FIELDS_OF_WORK = vocabulary(
    """
    language therapy speech wellbeing learning development research training advice information
    support family families young early years help minds recovery rehabilitation safety welfare
    rights design play dance music drama sport leisure culture heritage environment transport
    """
)
"""What joins another word in a name: `Arts and Minds Trust`."""
FOREIGN_KINDS = vocabulary(
    """
    igreja iglesia eglise kirche chiesa asociacion associacao asociatia associazione stowarzyszenie
    verein szkola klub dom centro maison mezquita masjid mandir ecole
    """
)
"""With what names of organisations begin in other languages."""
STAFF = vocabulary("lot people folk gang crowd volunteers team teams staff crew crews")
MORE_KINDS = vocabulary(
    """
    neighbours nursing primary secondary infants juniors energy unit opticians fc afc rfc cc
    visiting friends advice desk estates lettings cars office exchange traders chambers dentists
    vets action rescue support dental locksmiths parish homecare link links aid matters rooms
    table tables gym gyms patrol legal taxis minicabs buses coaches panel council's sisters mothers
    fathers women wardens mencap scouts guides choir singers band signpost welcome sanctuary
    watch dairy bakery cafe café diner barbers salon laundry launderette cinema baths lido
    """
)
"""What ends the names of partners, but does not tell an organisation elsewhere."""
AFTER_NAMES = vocabulary(
    """
    is are was were has have had will would can could to who which with alongside both all each
    in on for from as and or but so if that said say agreed joined come came take took want
    """
)
