"""Pure: the words that name kinds of organisations, their departments, and what people do there."""

import re

from intake.understanding.texts.patterns import vocabulary

BRANDS = re.compile(
    r"\b(?:Age UK|Age Concern|Mencap|Citizens Advice|Healthwatch|Samaritans|Barnardo['’]?s"
    r"|YMCA|NSPCC"
    r"|British Red Cross|St John Ambulance|Turning Point|Home-?[Ss]tart|Sure ?[Ss]tart"
    r"|Macmillan|Shelter|Relate"
    r"|[A-Z][\w'’-]+ Mind|Mind in [A-Z]\w+|Jobcentre Plus|Job ?[Cc]entre)\b"
)
"""Charities and bodies that have branches everywhere."""

KINDS = vocabulary(
    """
    collaborative branch
    council trust hospital hospitals hospice hospices pcn surgery practice school schools
    college university academy charity ltd limited plc llp cic cio association federation
    alliance network foundation society partnership partnerships church churches parish
    mosque temple gurdwara synagogue cathedral cooperative co-operative co-op coop housing
    homes hub centre center club exchange collective union group forum institute authority
    agency borough police constabulary clinic pharmacy pharmacies company bureau consortium
    kitchen garden gardens foodbank foodshare pantry library theatre museum icb ics ccg stp
    camhs mind healthwatch nursery nurseries house chaplaincy ambulance brigade community
    shed sheds infirmary confederation coalition taskforce commission corporation enterprise
    enterprises guild legion league mission ministries ministry project projects refuge
    shelter outreach advocacy hostel almshouse almshouses movement circle growers elders
    carers volunteers tenants residents mediation pact voice voices initiative initiatives
    laboratory studios studio stores store mutual cab post station services service care
    together lodge health learning probation bank midwives home
    """
)
WEAK_KINDS = vocabulary(
    """
    collaborative branch
    services service care home house community voice voices carers elders volunteers tenants
    residents project projects mind post station together lodge store stores group circle
    garden gardens commission hub police ambulance kitchen growers advocacy midwives health
    learning
    """
)
DEPARTMENTS = vocabulary(
    """
    public health adult adults social care children childrens children's services service
    mental community primary urgent integrated and of for the people resilience housing
    education emergency acute planned elective critical intensive maternity wellbeing family
    families safeguarding
    """
)
ROLES = vocabulary(
    """
    manager director head lead officer coordinator co-ordinator chief chair chairman
    chairwoman chairperson convenor convener secretary treasurer trustee founder cofounder
    nurse matron doctor gp consultant surgeon physician pharmacist therapist paramedic midwife
    worker adviser advisor analyst assistant administrator executive president partner
    practitioner teacher headteacher principal professor lecturer researcher fellow registrar
    specialist commissioner inspector sergeant constable superintendent rector vicar priest
    imam chaplain rabbi minister pastor warden caretaker organiser organizer volunteer driver
    cook gardener librarian supervisor dean governor councillor mayor ceo coo cfo cio cto md
    pa ea deputy sister dietitian dietician physiotherapist physio radiographer optometrist
    dentist counsellor facilitator ambassador champion strategist engineer accountant
    controller clerk owner proprietor representative steward navigator prescriber planner
    leader associate interim bursar senco psychologist psychiatrist paediatrician geriatrician
    cardiologist radiologist oncologist neurologist virologist haematologist dermatologist
    ophthalmologist anaesthetist obstetrician gynaecologist podiatrist audiologist
    health-visitor visitor caseworker commissioning housekeeper receptionist trainer mentor
    tutor instructor apprentice intern solicitor lawyer barrister architect surveyor builder
    baker barber chef curator archivist editor producer porter sonographer phlebotomist
    orthoptist orthotist prosthetist technician scientist educator responder firefighter coach
    connector buddy doula artist choreographer poet musician attendant arranger undertaker
    guide broker conductor cleaner keyworker advocate campaigner bishop archdeacon reader
    preacher elder activist student researcher publican landlord shopkeeper barista postmaster
    postmistress
    verger sexton churchwarden organist candidate collector hairdresser florist joiner plumber
    grocer greengrocer newsagent trader bailiff lifeguard milkman seamstress
    member rep sec exec president convenor headmistress chairlady landlady dinnerlady
    foreman forewoman storeman
    professional amhp
    lengthsman groundsman ombudsman ombudswoman midshipman alderman alderwoman spokesman
    spokeswoman spokesperson handyman policeman policewoman layperson signalman craftsman
    convener chaperone interpreter translator decorator electrician plasterer
    fishmonger publicist pandit granthi prezes présidente président
    presidente sekretarz provost fundraiser
    sub-postmaster beekeeper undergraduate postgraduate postdoc
    directrice directeur direktor dyrektor direttore directora
    """
)
SURNAMES = vocabulary(
    """
    cook baker barber porter gardener deacon dean steward bishop priest pastor reader elder sister
    mayor guide driver builder clerk cleaner conductor coach knight master chef poet musician
    """
)
"""Words for what people do that are surnames too."""
ROLE_ENDINGS = (
    *("ologist", "iatrist", "ician", "worker", "keeper", "manager", "master", "minder", "maker"),
    *("opath", "driver", "teacher", "grapher", "nurse", "officer", "secretary"),
)
