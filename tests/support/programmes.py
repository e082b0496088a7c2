"""The two programmes of the tests: ACE (a grant call of 2021) and Surrey 500 (a cohort of 2019)."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from storage.domain.people import Address
from storage.domain.programme import (
    Area,
    Cohort,
    Criterion,
    DigestRhythm,
    Milestone,
    Organiser,
    Programme,
    ProgrammeKind,
    Question,
    Round,
)

LONDON = ZoneInfo("Europe/London")


def _local(year: int, month: int, day: int, hour: int = 9) -> datetime:
    """An instant by the clock of London, in UTC."""
    return datetime(year, month, day, hour, tzinfo=LONDON).astimezone(UTC)


ACE_AREAS = (
    Area(
        key="north-central-london",
        name="North Central London",
        aliases=("NCL", "North Central London ICS", "North London Partners"),
        places=(
            *("Barnet", "Camden", "Enfield", "Haringey", "Islington"),
            *("Finsbury Park", "Kentish Town", "Tottenham", "Wood Green", "Edmonton", "Finchley"),
            *("Holloway", "Archway", "Camden Town", "Hornsey", "Muswell Hill", "Crouch End"),
            *("Palmers Green", "Southgate", "Hendon", "Hampstead", "Seven Sisters", "Ponders End"),
            *("Highbury", "Colindale", "Edgware", "Clerkenwell", "Somers Town", "Gospel Oak"),
        ),
    ),
    Area(
        key="north-east-london",
        name="North East London",
        aliases=("NEL", "North East London ICS", "East London Health and Care Partnership"),
        places=(
            *("Barking and Dagenham", "Barking", "Dagenham", "City of London", "Hackney"),
            *("Havering", "Newham", "Redbridge", "Tower Hamlets", "Waltham Forest"),
            *("Dalston", "Stratford", "Walthamstow", "Leyton", "Ilford", "Romford", "Limehouse"),
            *("Bethnal Green", "Bow", "Poplar", "Whitechapel", "Stepney", "Mile End", "Hoxton"),
            *("Shoreditch", "East Ham", "West Ham", "Canning Town", "Plaistow", "Chingford"),
            *("Hornchurch", "Upminster", "Rainham", "Leytonstone", "Stoke Newington", "Clapton"),
            *("Homerton", "Isle of Dogs", "Forest Gate", "Manor Park", "Beckton", "Harold Hill"),
        ),
    ),
    Area(
        key="north-west-london",
        name="North West London",
        aliases=("NWL", "North West London ICS"),
        places=(
            *("Brent", "Ealing", "Hammersmith and Fulham", "Hammersmith", "Fulham", "Harrow"),
            *("Hillingdon", "Hounslow", "Kensington and Chelsea", "Westminster"),
            *("Southall", "Willesden", "Wembley", "Acton", "Uxbridge", "Hayes", "Stanmore"),
            *("Harlesden", "Kilburn", "Feltham", "Paddington", "Northolt", "Greenford", "Hanwell"),
            *("Kensington", "Chelsea", "Shepherds Bush", "Brentford", "Ruislip", "Yiewsley"),
            *("West Drayton", "Neasden", "Kingsbury", "Pimlico", "Marylebone", "Chiswick"),
        ),
    ),
    Area(
        key="south-east-london",
        name="South East London",
        aliases=("SEL", "South East London ICS", "Our Healthier South East London"),
        places=(
            *("Bexley", "Bromley", "Greenwich", "Lambeth", "Lewisham", "Southwark"),
            *("Deptford", "Brixton", "Peckham", "Catford", "Woolwich", "Erith", "Sydenham"),
            *("Camberwell", "Bermondsey", "Thamesmead", "Eltham", "Orpington", "Bexleyheath"),
            *("Sidcup", "Penge", "Stockwell", "Streatham", "Vauxhall", "Rotherhithe", "Dulwich"),
            *("Kidbrooke", "Plumstead", "Welling", "New Cross", "Abbey Wood", "Beckenham"),
            *("Downham", "Elephant and Castle", "Walworth", "Kennington", "Crayford"),
        ),
    ),
    Area(
        key="south-west-london",
        name="South West London",
        aliases=("SWL", "South West London ICS", "South West London Health and Care Partnership"),
        places=(
            *("Croydon", "Kingston upon Thames", "Kingston", "Merton", "Richmond upon Thames"),
            *("Richmond", "Sutton", "Wandsworth"),
            *("Addiscombe", "Tooting", "Wimbledon", "Mitcham", "Battersea", "Balham", "Putney"),
            *("Twickenham", "Surbiton", "New Malden", "Thornton Heath", "New Addington"),
            *("Carshalton", "Wallington", "Morden", "Cheam", "Purley", "Coulsdon", "Roehampton"),
            *("Teddington", "Norbury", "Chessington", "Colliers Wood", "Hampton", "Barnes"),
        ),
    ),
)

ACE = Programme(
    slug="ace",
    name="ACE: Accelerating Collaboration across Enterprises",
    kind=ProgrammeKind.GRANT,
    inbox="ace@leadership.nhs.example",
    team="The London leadership team",
    reference_prefix="ACE",
    zone=LONDON,
    round=Round(
        key="2021",
        opens_at=_local(2021, 7, 5),
        closes_at=_local(2021, 8, 20, 17),
        outcomes_at=_local(2021, 9, 27),
        timeline=(
            Milestone("Monday 5 July 2021", "The call opens"),
            Milestone("Friday 20 August 2021, 17:00", "The call closes"),
            Milestone("The week of Monday 27 September 2021", "Applicants are told the outcome"),
            Milestone("October 2021 to March 2022", "The projects work"),
        ),
    ),
    person=Address("rosalind.okoro@leadership.nhs.example", "Rosalind Okoro"),
    person_phone="+442079460100",
    introduction=(
        "ACE supports ten local projects of collaborative systems working, two in each of the "
        "five integrated care systems of London."
    ),
    areas=ACE_AREAS,
    organisers=(
        Organiser(Address("rosalind.okoro@leadership.nhs.example", "Rosalind Okoro")),
        Organiser(
            Address("tomasz.brandt@leadership.nhs.example", "Tomasz Brandt"), DigestRhythm.WEEKLY
        ),
    ),
    criteria=(
        Criterion(
            "issue",
            "The issue",
            "Names a real issue for people in the area.",
            "Shows the issue with facts and the words of those who live with it.",
        ),
        Criterion(
            "partnership",
            "Partnership",
            "Two or more agencies have agreed to take part.",
            "The agencies have shaped the idea together and share the work.",
        ),
        Criterion(
            "people",
            "People and communities",
            "People who use services are asked.",
            "People who use services decide with the team.",
        ),
        Criterion(
            "leadership",
            "Leadership",
            "There are a lead and a senior leader.",
            "The senior leader coaches the lead and clears the way.",
        ),
        Criterion(
            "plan",
            "The plan",
            "The steps fit into two quarters.",
            "The steps, the money and the risks are clear and owned by name.",
        ),
        Criterion(
            "learning",
            "Learning and legacy",
            "Says how it will be known whether it worked.",
            "Says what others can take up, and who will carry it on.",
        ),
    ),
    questions=(
        Question("details", "Your details", "The project lead and how to reach them."),
        Question("issue", "The issue and your idea", "What the work is about.", max_words=400),
        Question("people", "Who will take part", "Agencies, senior leader, people.", max_words=300),
        Question("plan", "What you will do and when", "Quarters 3 and 4.", max_words=400),
        Question("money", "What the money is for", "Up to £20,000.", max_words=200),
    ),
    amount=20_000,
    awards=10,
    awards_per_area=2,
)

SURREY_AREAS = (
    Area(
        key="guildford-and-waverley",
        name="Guildford and Waverley",
        aliases=("Guildford & Waverley", "G&W"),
        places=(
            *("Guildford", "Waverley", "Godalming", "Farnham", "Cranleigh", "Haslemere"),
            *("Ash", "Shalford", "Milford", "Merrow", "Witley"),
        ),
        nomination_lead=Address("imelda.rook@heartlands.nhs.example", "Imelda Rook"),
    ),
    Area(
        key="north-west-surrey",
        name="North West Surrey",
        aliases=("NW Surrey", "NWS"),
        places=(
            *("Runnymede", "Spelthorne", "Woking", "Elmbridge", "Chertsey", "Egham", "Staines"),
            *("Ashford", "Weybridge", "Walton-on-Thames", "Sunbury", "Addlestone", "Byfleet"),
            *("Shepperton", "Virginia Water", "Hersham"),
        ),
        nomination_lead=Address("desmond.quaye@heartlands.nhs.example", "Desmond Quaye"),
    ),
    Area(
        key="surrey-downs",
        name="Surrey Downs",
        places=(
            *("Epsom", "Ewell", "Epsom and Ewell", "Mole Valley", "Leatherhead", "Dorking"),
            *("Esher", "Banstead", "Cobham", "Ashtead", "Bookham", "Molesey", "East Elmbridge"),
            *("Thames Ditton", "Claygate"),
        ),
        nomination_lead=Address("petra.lindqvist@heartlands.nhs.example", "Petra Lindqvist"),
    ),
    Area(
        key="east-surrey",
        name="East Surrey",
        places=(
            *("Redhill", "Reigate", "Tandridge", "Horley", "Oxted", "Caterham", "Lingfield"),
            *("Reigate and Banstead", "Merstham", "Warlingham", "Godstone", "Whyteleafe"),
        ),
        nomination_lead=Address("gordon.abara@heartlands.nhs.example", "Gordon Abara"),
    ),
)

SURREY = Programme(
    slug="surrey500",
    name="Surrey 500",
    kind=ProgrammeKind.COHORT,
    inbox="surrey500@heartlands.nhs.example",
    team="The Surrey 500 team",
    reference_prefix="S500",
    zone=LONDON,
    round=Round(
        key="2019",
        opens_at=_local(2019, 3, 1),
        closes_at=_local(2019, 5, 23),
        timeline=(
            Milestone("1 March 2019", "Nominations open"),
            Milestone("23 May 2019", "The first cohort starts"),
        ),
    ),
    person=Address("winifred.asante@heartlands.nhs.example", "Winifred Asante"),
    person_phone="+441632960100",
    introduction="500 places for people who work in health and care across Surrey.",
    areas=SURREY_AREAS,
    organisers=(Organiser(Address("winifred.asante@heartlands.nhs.example", "Winifred Asante")),),
    places=500,
    cohorts=(
        Cohort(
            number=1,
            starts_at=_local(2019, 5, 23),
            places=100,
            venue="The Assembly Rooms, Dorking",
            joining=(
                "Doors open at 8.30 am. There is a step-free way in from the car park, and lunch "
                "is provided.\n\nPlease bring one thing from your work that you would like to "
                "change."
            ),
        ),
        Cohort(2, _local(2019, 9, 19), 100),
        Cohort(3, _local(2020, 1, 23), 100),
        Cohort(4, _local(2020, 5, 21), 100),
        Cohort(5, _local(2020, 9, 17), 100),
    ),
)

PROGRAMMES = (ACE, SURREY)


def at_inbox(programme: Programme, inbox: str) -> Programme:
    """The same programme behind another inbox, for tests with a mail server of their own."""
    return replace(programme, inbox=inbox)
