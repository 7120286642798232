namespace Memory.Search;

/// <summary>
/// Words of everyday life that people use for one another, in English and German (and some in Chinese, Japanese and Arabic):
/// what is asked about a person's life is seldom asked in the words it was noted in.
/// </summary>
internal static class Synonyms
{
    /// <summary>One group a line; a word may be in several. Words of a phrase are joined by a low line.</summary>
    private const string Groups = """
        spouse wife husband married marriage partner ehefrau ehemann ehepartner verheiratet gatte gattin frau mann 妻子 丈夫 زوجة زوج متزوج
        wedding married marriage anniversary wedding_day hochzeit hochzeitstag heirat heiraten trauung jahrestag verheiratet 结婚
        fiance fiancee engaged engagement verlobt verlobung verlobte
        girlfriend boyfriend partner freundin freund lebensgefahrte
        child children kid kids son sons daughter daughters baby kind kinder sohn sohne tochter tochter nachwuchs 孩子 儿子 女儿 ابن ابنة أطفال
        son boy sohn junge
        daughter girl tochter madchen
        parent parents mother father mum mom mama dad papa eltern mutter vater 父母 父亲 母亲
        mother mum mom mama mutter
        father dad papa vater
        sibling siblings brother sister geschwister bruder schwester
        grandmother grandma granny grandparents oma grossmutter grosseltern
        grandfather grandpa grandparents opa grossvater grosseltern
        grandchild grandchildren grandson granddaughter enkel enkelin
        relative relatives family familie verwandte verwandtschaft
        uncle onkel
        aunt tante
        cousin cousine vetter
        nephew niece neffe nichte
        friend friends buddy pal mate freund freundin freunde kumpel 朋友 صديق
        neighbour neighbor neighbours neighbors next_door nachbar nachbarin nachbarn
        colleague colleagues coworker coworkers teammate teammates kollege kollegin kollegen 同事
        boss manager supervisor chief head lead leader chef chefin vorgesetzter vorgesetzte leiter leiterin
        lead leads led leader leads manager manages responsible charge owner runs head leitet leitung leiter verantwortlich zustandig 负责人 المدير مدير
        birthday birthdays born birth birthdate date_of_birth dob geburtstag geboren geburtsdatum 生日 出生 誕生日 ميلاد مولود
        age old years alt alter jahre
        name called named nickname heisst name genannt spitzname
        live lives living lived reside resides residence home address moved wohnt wohnen wohnhaft wohnort lebt zuhause adresse 住 住在 يعيش يسكن
        address street strasse adresse anschrift wohnt
        move moved moving relocate relocated relocation umzug umgezogen umziehen zieht
        flat apartment wohnung apartement condo
        house home haus eigenheim
        landlord landlady vermieter vermieterin
        rent rental lease miete mietvertrag mietet
        tenant mieter mieterin
        job work works working worked employed employer employment profession occupation career position arbeit arbeitet arbeiten beruf stelle arbeitgeber tatig 工作 职业 يعمل وظيفة عمل
        company firm employer business organisation organization firma unternehmen betrieb arbeitgeber 公司 شركة
        salary wage wages pay income earnings gehalt lohn einkommen verdienst
        teach teaches teacher lehrer lehrerin unterrichtet lehrt 教 老师
        doctor physician gp medic arzt arztin hausarzt hausarztin praxis 医生 طبيب
        dentist dental teeth tooth zahnarzt zahnarztin zahn zahne dentalhygiene
        vet veterinary veterinarian animal_doctor tierarzt tierarztin tierklinik
        hospital clinic spital klinik krankenhaus
        optician glasses spectacles brille optiker
        medicine medication medications drug drugs pill pills tablet tablets takes prescription mg medikament medikamente arznei tabletten nimmt rezept 药
        illness disease sick condition diagnosis health krankheit erkrankung krank diagnose gesundheit
        allergy allergic allergies intolerance intolerant allergen allergie allergien allergisch unvertraglichkeit intoleranz vertragt intolerant 过敏 アレルギー حساسية
        food_restrictions allergy allergic intolerance vegetarian vegan diet laktose gluten
        dietary diet allergy allergic intolerance vegetarian vegan eats restrictions food ernahrung diat vegetarisch
        restriction restrictions allergic allergy intolerance avoid
        lactose laktose milk milch dairy laktoseintolerant laktoseintoleranz milchzucker
        vegetarian vegan meat fleisch vegetarier vegetarierin vegetarisch fleischlos
        food eat eats eating meal meals dish cuisine essen isst speise gericht mahlzeit 吃 食物
        drink drinks drinking beverage trinkt trinken getrank 喝
        restaurant diner eatery lokal gasthaus gaststatte trattoria bistro
        recipe cook cooks cooking bake baking rezept kocht kochen backen backt zubereiten
        bread loaf sourdough brot sauerteig
        like likes love loves enjoy enjoys fond prefer prefers preference favourite favorite mag mogen liebt gern gerne bevorzugt lieblings vorliebe vorlieben 喜欢 喜爱 好き يحب تحب
        dislike dislikes hate hates avoid avoids cannot_stand hasst mag_nicht meidet abneigung 讨厌 不喜欢
        preference preferences prefer prefers likes wants setting wunsch wunsche vorliebe vorlieben bevorzugt
        hobby hobbies pastime leisure interest interests freizeit steckenpferd interesse interessen
        fear fears afraid scared phobia angst furchtet furchtet
        pet pets dog cat animal haustier haustiere hund katze tier 宠物
        dog puppy hound labrador terrier retriever poodle dackel hund hundin welpe 狗
        cat kitten kater katze katzchen 猫
        car vehicle auto automobile wagen fahrzeug pkw 车 汽车 سيارة
        vehicle car motorcycle van truck fahrzeug auto
        bike bicycle cycle cycling velo fahrrad rad
        motorbike motorcycle motorrad toff
        licence license plate registration kennzeichen nummernschild kontrollschild autonummer
        driving_licence driver_license fuhrerschein fahrausweis
        inspection mot mfk tuv checkup check service hauptuntersuchung prufung kontrolle
        tyre tyres tire tires reifen pneu winterreifen
        garage workshop mechanic werkstatt
        leasing lease leased geleast
        train trains railway rail bahn zug zuge
        plane planes flight flights fly flies flying airline flug fluge fliegen fliegt flugzeug
        travel travels trip trips journey holiday holidays vacation reise reisen ferien urlaub ausflug 旅行 旅游 سفر
        hotel accommodation lodging stay unterkunft hostel airbnb
        passport travel_document reisepass pass
        visa visum
        id identity identity_card ausweis personalausweis identitatskarte
        luggage baggage suitcase gepack koffer
        money finance finances cash geld finanzen 钱
        bank account konto kontonummer iban bankkonto
        mortgage home_loan house_loan hypothek hypothekarkredit baufinanzierung
        loan credit debt mortgage kredit darlehen schulden hypothek
        interest rate zins zinssatz zinsen
        insurance insurer insured policy premium versicherung versichert police franchise versicherer krankenkasse 保险 تأمين
        tax taxes fiscal steuer steuern steuererklarung
        tax_filing tax_return steuererklarung
        filing return file filed declaration einreichung
        accountant fiduciary bookkeeper treuhand treuhander steuerberater buchhalter
        invoice bill rechnung faktura
        receipt receipts beleg belege quittung
        budget cost costs price priced expense expenses spend amount kosten preis betrag ausgaben 预算 费用 ميزانية
        price cost costs expensive preis kostet teuer
        donation donations charity spende spenden
        deadline due until cutoff expires frist abgabe abgabetermin stichtag fallig termin 截止 截止日期
        late overdue delayed delay extended postponed verschoben verspatet verlangert verzogert aufgeschoben
        expire expires expiry expiration valid until ablauf lauft_ab gultig abgelaufen
        warranty guarantee garantie
        cancel cancels cancelled canceled cancellation terminate quit kundigen gekundigt kundigung abgesagt storniert 取消
        renew renews renewal extend verlangern verlangert verlangerung erneuern
        membership member subscription subscribed abo abonnement mitgliedschaft mitglied
        gym fitness workout training fitnessstudio fitnesscenter
        sport sports exercise training fitness trainiert
        swim swims swimming swimmer schwimmen schwimmt schwimmkurs
        run runs running jog jogging marathon laufen lauft joggen
        hike hikes hiking trek wandern wanderung
        ski skiing skis snowboard ski skifahren
        climb climbing klettern bergsteigen
        football soccer fussball
        chess schach 围棋 棋
        music song songs musik lied lieder 音乐
        instrument piano violin guitar klavier geige gitarre
        piano klavier flugel pianist
        guitar gitarre
        violin geige
        lesson lessons class classes course training unterricht stunde stunden kurs lektion
        practice practise practises practising practices practicing rehearse ubt uben ubung
        book books novel read reads reading buch bucher roman liest lesen 书
        film films movie movies kino watched
        series show tv serie serien
        kindergarten preschool nursery daycare kita krippe 幼儿园
        school schule pupil schuler 学校
        university college uni studies studied degree universitat hochschule studium studiert 大学
        language languages speak speaks spoken sprache sprachen spricht 语言
        answer answers reply replies respond response responses antwort antworten
        format formatted formatting style layout formatierung stil
        short brief concise terse kurz knapp
        code coding programming developer software program code programmieren entwickler
        indentation tabs spaces indent einruckung
        meeting meetings appointment call conference sitzung besprechung termin meeting treffen 会议 اجتماع
        appointment appointments date checkup check_up visit termin termine
        checkup check_up appointment kontrolle vorsorge
        trip outing offsite retreat ausflug klausur
        party celebration fest feier party
        christmas xmas weihnachten weihnacht
        easter ostern
        present presents gift gifts idea geschenk geschenke geschenkidee geschenkideen 礼物
        wish wishes wishlist wunsch wunsche wunschliste
        goal goals aim target objective ziel ziele 目标
        plan plans planned planning geplant planung plane 计划
        decision decisions decide decides decided chose choose chosen entscheidung entschieden beschlossen beschluss entschied
        reason because why grund weil
        project projects projekt projekte 项目 مشروع
        launch release golive live rollout start einfuhrung
        architect architects architekt architektin
        hut cabin lodge hutte berghutte alphutte chalet
        mountain mountains alpine berg berge
        building construction build renovation rebuild conversion bau umbau renovierung sanierung neubau
        permit permission approval bewilligung genehmigung baubewilligung erlaubnis
        customer client clients kunde kundin kunden 客户
        supplier vendor lieferant
        contract agreement vertrag
        lawyer attorney solicitor notary anwalt anwaltin rechtsanwalt notar
        phone telephone mobile cell cellphone number handy telefon telefonnummer handynummer mobil 电话 手机 هاتف
        email mail mailadresse
        computer laptop notebook pc rechner macbook
        internet wifi wlan network router netz netzwerk
        wifi wlan wireless ssid
        password passcode pin passwort kennwort
        server host machine droplet vps
        backup backups sicherung datensicherung
        fail fails failing failed failure error broken crash fehler kaputt schlagt_fehl
        upgrade upgraded update updated version aktualisiert aktualisierung
        database db postgres postgresql sqlite mysql datenbank
        workflow automation flow ablauf
        printer drucker
        key keys schlussel ersatzschlussel
        spare extra replacement ersatz
        plant plants flowers garden pflanzen blumen garten
        water waters watering giessen giesst
        flower flowers bouquet rose roses peony blumen blume pfingstrosen
        garden gardening garten gartnern
        clothes clothing size shoe shoes kleidung grosse kleidergrosse schuhe schuhgrosse
        glasses brille
        ring jewellery jewelry schmuck
        blood_type blood_group blutgruppe
        headache migraine kopfschmerzen migrane kopfweh
        arthritis joint joints gelenk gelenke
        pregnant pregnancy expecting schwanger schwangerschaft
        sleep nap sleeps schlaf schlaft mittagsschlaf nickerchen bedtime
        dead died death deceased passed gestorben verstorben tod
        funeral burial beerdigung beisetzung
        steal stole stolen theft thief robbed gestohlen diebstahl geklaut
        police polizei
        lost missing misplaced verloren fehlt fehlen
        broken repair repaired fix fixed kaputt defekt reparatur repariert
        buy buys bought purchase purchased kaufen gekauft kauf erworben 买
        sell sells sold verkaufen verkauft
        order ordered bestellt bestellen bestellung
        delivery delivered shipping lieferung geliefert
        seat aisle window sitz sitzplatz gangplatz fensterplatz
        wine wines wein weine winemaker winzer lieblingswinzer weingut vineyard riesling chardonnay
        beer bier
        coffee espresso cappuccino kaffee 咖啡 قهوة
        tea tee 茶 شاي
        chocolate schokolade
        peanut peanuts erdnuss erdnusse nuts nusse 花生
        fish seafood fisch meeresfruchte 海鲜 鱼
        religion faith church kirche glaube
        vote politics party politik partei
        city town stadt ort 城市
        country land nation
        timezone time_zone zeitzone
        weight kg gewicht weighs wiegt
        height tall cm grosse
        volunteer volunteers volunteering ehrenamt freiwillig
        club association verein
        contact contacts kontakt ansprechpartner ansprechpartnerin ansprechperson
        stakeholder stakeholders auftraggeber
        trigger triggers triggered cause causes caused ausloser ursache
        colour color farbe
        todo task tasks aufgabe aufgaben erledigen
        note notes notiz notizen
        research institute forschung institut forscht
        biologist biology biologe biologin
        engineer engineering ingenieur ingenieurin
        nurse krankenschwester pfleger pflegerin
        scholarship grant stipendium
        electricity power strom
        heating heizung heat
        kitchen kuche
        bathroom bad badezimmer
        attic dachboden estrich
        cellar basement keller
        trash garbage rubbish waste abfall mull kehricht
        guardian guardianship custody custodian take_care vormund vormundschaft sorgerecht
        boat boats ship ships vessel yacht sailboat sailing boot schiff segelboot schiffe 船
        harbour harbor port marina hafen liegeplatz berth mooring 港
        captain skipper kapitan 船长
        spice spices herb herbs seasoning gewurz gewurze krauter coriander cilantro koriander petersilie basil dill
        bone bones wrist arm leg rib ankle knochen handgelenk bein rippe
        surgery operation op operated operiert
        vaccination vaccine vaccinated booster jab shot impfung impfen geimpft impfpass 疫苗
        injury injured hurt wound verletzung verletzt wunde
        pain ache hurts sore schmerz schmerzen
        eye eyes vision sight augen auge
        ear ears hearing ohr ohren
        skin rash haut ausschlag
        blood blut
        weather rain storm thunderstorm snow wetter regen gewitter sturm schnee
        cleaning clean cleaner putzen putzfrau reinigung
        laundry washing washing_machine wasche waschmaschine
        fridge refrigerator freezer kuhlschrank gefrierschrank
        furniture table chair desk sofa mobel tisch stuhl regal
        bed mattress bett matratze hochbett
        lamp light lights lighting lampe licht leuchte
        paint painted colour wall farbe wandfarbe streichen gestrichen
        roof dach
        floor storey stockwerk etage
        door gate tur tor
        window windows fenster
        lock locker padlock combination schloss schliessfach spind
        safe vault tresor
        tool tools hammer drill werkzeug bohrmaschine
        battery charger akku batterie ladegerat
        camera photo photos picture pictures kamera foto fotos bild bilder
        shop store supermarket laden geschaft
        market markt
        library bibliothek bucherei
        museum exhibition gallery ausstellung
        theatre theater cinema opera concert kino oper konzert
        choir singing sings sing chor singt singen sanger
        band orchestra orchester
        painting paints drawing drawings malen malt zeichnen zeichnung
        knitting sewing stricken nahen
        fishing angeln
        hunting jagd jager
        dance dancing tanz tanzen tanzt
        yoga pilates meditation
        tennis squash badminton
        horse horses riding pferd pferde reiten
        bird birds vogel
        bee bees beehive bienen imker honig
        allotment garden_plot schrebergarten parzelle garten
        tree trees baum baume
        fruit apple apples obst apfel
        vegetable vegetables gemuse
        cheese kase
        sugar sweet sweets candy zucker suss sussigkeiten
        cake cakes pastry torte kuchen geback
        breakfast lunch dinner supper fruhstuck mittagessen abendessen
        alcohol alcoholic spirits alkohol
        smoke smokes smoking cigarette raucher raucht rauchen
        exam exams test prufung prufungen klausur
        thesis dissertation doktorarbeit masterarbeit
        apprentice apprenticeship trainee lehrling ausbildung azubi
        retire retired retirement pension pensioner altersrente rentner pensioniert ruhestand
        savings save saving nest_egg ersparnisse sparen sparplan
        stock stocks shares etf fund investment aktien fonds anlage depot
        debt debts owe owes owed schulden schuldet
        bonus raise pay_rise pay_raise negotiation gehaltserhohung
        fine penalty surcharge fee busse strafe zuschlag gebuhr
        fuel petrol gas gasoline diesel benzin treibstoff
        accident crash unfall
        parking garage parkplatz tiefgarage parkhaus
        ferry fahre uberfahrt
        tent camping campsite zelt campingplatz
        visa residence permit aufenthalt aufenthaltsbewilligung
        nationality citizen citizenship staatsangehorigkeit burger
        certificate certificates document papers zertifikat urkunde bescheinigung dokument papiere
        complaint complain complained beschwerde beschwert reklamation
        noise loud noisy larm laut
        letter letters mail post brief briefe
        package parcel paket sendung
        keyboard mouse monitor screen tastatur bildschirm
        repository repo codebase source quellcode
        bug bugs defect issue fehler
        deploy deploys deployment rollout ausrollen
        test tests testing testen
        handwriting writing schrift schreiben
        nickname called alias spitzname
        emergency urgent notfall dringend
        ambulance rescue rettung rettungswagen
        afternoon evening morning night nachmittag abend morgen nacht
        monday montag
        tuesday dienstag
        wednesday mittwoch
        thursday donnerstag
        friday freitag
        saturday samstag sonnabend
        sunday sonntag
        spring fruhling fruhjahr
        summer sommer
        autumn fall herbst
        winter
        wood wooden timber holz
        metal steel metall stahl
        glass glas
        hair haircut hairdresser barber haar haare friseur
        tattoo piercing
        perfume scent duft parfum
        superstition lucky gluck
        secret secrets geheimnis
        joke funny witz lustig
        dream dreams traum traume
        angry anger argue argument quarrel streit arger wutend
        happy glad glucklich froh
        sad unhappy traurig
        tired exhausted mude erschopft
        """;

    private static readonly Dictionary<string, string[]> Related = Read();

    /// <summary>What may stand in a text for a word, or for two words that follow each other: folded, the word itself left out.</summary>
    public static IReadOnlyList<string> Of(string word) =>
        Related.TryGetValue(word, out var related) ? related
        : Related.TryGetValue(Stems.Of(word), out related) ? related
        : [];

    /// <summary>The same for two words that follow each other.</summary>
    public static IReadOnlyList<string> Of(string first, string second) =>
        Related.TryGetValue($"{first}_{second}", out var related) ? related
        : Related.TryGetValue($"{Stems.Of(first)}_{Stems.Of(second)}", out related) ? related
        : [];

    private static Dictionary<string, string[]> Read()
    {
        var related = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var line in Folding.Fold(Groups).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var group = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            foreach (var word in group)
            {
                var others = group.Where(other => other != word && !other.Contains('_', StringComparison.Ordinal));
                foreach (var key in (string[])[word, string.Join('_', word.Split('_').Select(Stems.Of))])
                {
                    if (!related.TryGetValue(key, out var set))
                    {
                        related.Add(key, set = new(StringComparer.Ordinal));
                    }

                    set.UnionWith(others);
                }
            }
        }

        return related.ToDictionary(r => r.Key, r => r.Value.ToArray(), StringComparer.Ordinal);
    }
}
