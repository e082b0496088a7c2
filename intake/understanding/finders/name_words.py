"""Pure: the words around people's names: titles, letters behind, particles."""

from intake.understanding.texts.patterns import vocabulary

TITLES = vocabulary(
    """
    mr mrs ms miss mx master dr doctor prof professor sir dame lord lady baroness baron hon
    honourable rt revd rev reverend canon father fr sister brother br sr rabbi imam sheikh shaykh
    bishop archdeacon archbishop dean deacon pastor elder cllr councillor alderman mayor mp pc wpc
    dc ds dci di ps insp inspector ch chief supt superintendent sgt sergeant constable pcso ac
    commander capt brigadier brig admiral commodore captain major maj col colonel lt lieutenant cdr
    wing squadron leader flt det
    dsupt dinsp judge justice the right very most venerable ven mme m mlle herr frau hr fru senor
    señor señora sra dra ing dipl nurse matron midwife ambassador
    """
)
ALWAYS_TITLES = TITLES - vocabulary(
    """
    master baron baroness dean major justice judge mayor elder bishop canon hon br sr m di ac ch
    wing leader chief right very most the venerable nurse matron constable lord deacon father
    brother sister
    """
)
POST_NOMINALS = vocabulary(
    """
    obe mbe cbe kbe dbe bem qn qni qhp qpm kpm qfsm qam gm gc vc dl jp mp mep ma ba bsc msc mphil
    phd dphil md mbbs mbchb bmbs bds ba(hons) bsc(hons) mrcp frcp frcs mrcs frcpch mrcpch frca mrcgp
    frcgp frcog mrcog frcpsych mrcpsych frcr frcem fmedsci frs fba frsa frgs frsph mfph ffph rgn rmn
    rn rnld rm rhv qnhv scphn dn rcn mcih fcih cihcm acma fcma cgma aca fca acca fcca cpfa cipfa
    mcipd fcipd assoccipd mba mpa mph mpharm mrpharms frpharms frpharm dfsrh drcog dch dtm&h pgce
    pgcert pgdip cpsychol csci ceng mieng mice riba llb llm kc qc mrtpi mciob mcsp hcpc mcsw cqsw
    dipsw aasw rsw edd edm dclinpsych clinpsyd fcot mcops msp ipfa mih mbacp mbcs mcmi fcmi cmgr
    bpharm pgd hons esq bt bart jnr snr frcn frcpath mrcpath ffflm mfsrh dip
    """
)
PARTICLES = vocabulary(
    """
    van von der den de del della di da dos das du la le los las ní ni nic mac mc ó o ua uí bin bint
    ibn abu al el ap ab ben ten ter zu zur y e i san st
    """
)
NO_NAME_WORDS = vocabulary(
    """
    team inbox mailbox office admin enquiries info programme project group trust council nhs service
    services department hub reception communications comms events bulletin newsletter support help
    desk it system mail delivery administrator notification no-reply noreply centre center
    partnership federation forum network association alliance charity community university college
    school surgery practice hospital the and for of at on in with our your dear hello hi regards
    thanks best kind yours many ace eoi please sent from re fw fwd
    """
)
