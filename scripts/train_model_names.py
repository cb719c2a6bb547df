"""Names of people of many cultures, for train_model.py to put in the place of those in its texts."""
# ruff: noqa: PLR2004 (the shares of each way of writing names say what they are where they stand)

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anyascii import anyascii
from faker import Faker
from faker.config import AVAILABLE_LOCALES

if TYPE_CHECKING:
    import random
    from pathlib import Path

PER_LOCALE = 250  # names drawn from each of Faker's locales

ARABIC_GIVEN = (
    "Mohammed Muhammad Mohamed Ahmed Ahmad Mahmoud Mustafa Ali Hassan Hussein Omar Khaled Khalid Abdullah Abdallah Abdulrahman Ibrahim "
    "Ismail Youssef Yousef Tariq Tarek Samir Karim Kareem Nabil Jamal Gamal Faisal Fahd Salman Sultan Bandar Turki Saud Hamad Tamim "
    "Rashid Zayed Mansour Majid Walid Bashar Rami Maher Riad Adel Adnan Anwar Ashraf Ayman Bilal Fadi Ghassan Haitham Hani Hatem Hisham "
    "Imad Jihad Kamal Marwan Munir Nasser Osama Qasim Saad Saeed Said Salah Salim Sami Wael Yasser Ziad Fatima Aisha Khadija Mariam "
    "Maryam Zainab Layla Leila Noura Huda Hanan Amal Rania Dalia Dina Yasmin Salma Samira Nadia Amina Asma Farida Latifa Muna Rana Reem "
    "Sara Shaima Moncef Beji Kais Rached Abdelaziz Abdelmadjid Abdelfattah Noureddine Azzedine Slimane Boualem"
).split()
ARABIC_FAMILY = (
    "Abbas Abdallah Abadi Assad Allawi Amiri Ansari Asiri Attiyah Awad Aziz Badawi Baghdadi Bakri Barzani Basri Bishara Darwish Dosari "
    "Douri Fayyad Fawzi Ghamdi Ghani Ghannouchi Habib Haddad Haider Hakim Halabi Hamdan Hamdi Hariri Harbi Hashimi Hassan Hijazi "
    "Hosseini Husseini Ibrahim Issa Jabari Jaber Jaafari Jubeir Karimi Kazemi Khalidi Khalifa Khatib Khoury Maktoum Maliki Mansouri "
    "Masri Mashhadani Mutairi Mubarak Nahyan Najjar Nasrallah Nasser Obeidi Omari Otaibi Qahtani Qasimi Qassem Rahman Rashidi Rubaie "
    "Sabah Sadr Saadi Saleh Salehi Salem Samarrai Shahrani Shami Shammari Sharif Sharaa Sisi Sistani Sudani Suleiman Talabani Tamimi "
    "Thani Tikriti Yamani Zahrani Zarqawi Zawahiri Zubaidi Belkacem Benali Boukhari Bouteflika Tebboune Chaoui Essebsi Mejri Jebali "
    "Marzouki Saied Zitouni Ouyahia Benflis"
).split()
CHINESE_FAMILY = (
    "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Gao Lin Luo Zheng Liang Xie Tang Xi Han Cao Deng Xiao Feng "
    "Zeng Cheng Cai Peng Pan Yuan Yu Dong Su Ye Lu Wei Jiang Tian Du Ding Shen Fan Fu Zhong Qin Xia Qiu Hou Bai Meng Long Wan Lei Qian "
    "Tsai Chiang Hsu Tsang Ng Wong Chan Cheung Leung Lam Lau Kwok Yeung Hsieh Ko Lai"
).split()
CHINESE_PARTS = (
    "Wei Fang Min Jing Lei Jun Yong Yan Jie Juan Tao Chao Ming Hua Ping Gang Hong Yun Xin Bo Jian Zhi Guo Qiang Li Xiao Yu Hai Feng "
    "Dong Zhen Shan Mei Ling Ying Hui Lan Xia Na Yi Rui Hao Peng Cheng Long Kai Bin Ke Qiao Zhong Xiu Shu Chang Hui An Ting Jia Ze Min "
    "Sheng Ren Tian"
).split()
KOREAN_FAMILY = (
    "Kim Lee Park Choi Jung Jeong Kang Cho Yoon Yun Jang Chang Lim Im Han Oh Seo Shin Kwon Hwang Ahn Song Ryu Yoo Hong Moon Ko Bae Baek "
    "Ri Pak"
).split()
KOREAN_PARTS = (
    "Min Ji Hyun Seo Jun Woo Young Jae Sung Ho Kyung Hee Eun Soo Jin Sang Hoon Dong Chul Tae Won Yong Hwan Il Jong Un Myung Bak Geun "
    "Hye In Suk Yeol Mi Na Ra Yeon Seok Ki Nam Bok Sik Gyu"
).split()
AFRICAN_GIVEN = (
    "Oluwaseun Chinedu Ngozi Chukwuemeka Ifeoma Emeka Obinna Adebayo Babatunde Folake Yemi Bola Goodluck Aminu Musa Sani Bukola Kwame "
    "Kofi Kwesi Kojo Ama Akosua Nana Yaw Abena Wanjiku Kamau Njoroge Otieno Achieng Wambui Kipchoge Kiprono Chebet Juma Baraka Neema "
    "Amani Zawadi Uhuru Raila Mwai Jomo Thabo Sipho Nomvula Thandiwe Bongani Lindiwe Sibusiso Nkosazana Mpho Lerato Kagiso Tendai "
    "Tafadzwa Rudo Nelson Robert Emmerson Joice Grace Haile Abiy Tesfaye Bekele Almaz Mulu Girma Meles Hailemariam Tigist Isaias "
    "Ousmane Mamadou Amadou Abdoulaye Macky Aminata Fatou Ibrahima Moussa Seydou Modibo Idrissa Blaise Alassane Laurent Fatoumata "
    "Aissatou Paul Jean-Pierre Felix Joseph Patrice Etienne Denis Faustin Paulin Solange Agathe Salva Riek Yoweri Kizza Museveni "
    "Godfrey Rwabwogo Ssemakula"
).split()
AFRICAN_FAMILY = (
    "Okafor Okonkwo Adeyemi Adebayo Obi Eze Nwosu Nnamdi Okoro Onyeka Balogun Oyelaran Ogunleye Afolabi Danjuma Abubakar Buhari Tinubu "
    "Jonathan Atiku Yakubu Bello Mensah Owusu Boateng Asante Osei Appiah Acheampong Mahama Akufo-Addo Nkrumah Kufuor Kenyatta Odinga "
    "Ruto Kibaki Mutua Mwangi Kariuki Ndungu Ochieng Omondi Owino Wekesa Wafula Kiplagat Cheruiyot Kosgei Rotich Mugabe Mnangagwa "
    "Chamisa Moyo Ncube Dube Sibanda Ndlovu Nkosi Dlamini Zuma Ramaphosa Mbeki Malema Mokoena Molefe Khumalo Zulu Mthembu Motsepe "
    "Sithole Mahlangu Tshabalala Banda Phiri Mwanawasa Lungu Hichilema Chakwera Mutharika Chissano Nyusi Guebuza Kabila Tshisekedi "
    "Katumbi Bemba Kagame Nkurunziza Ndayishimiye Museveni Besigye Magufuli Kikwete Mkapa Hassan Diallo Diop Ndiaye Fall Sall Wade Sarr "
    "Ba Sow Keita Traore Coulibaly Toure Konate Kone Camara Conde Ouattara Gbagbo Bedie Compaore Kabore Sankara Issoufou Bazoum Deby "
    "Biya Bongo Sassou-Nguesso Obiang Eyadema Gnassingbe Gebremariam Tadesse Desalegn Ahmed Zenawi Alemu Kebede Afwerki Kiir Machar "
    "Bashir Burhan Hemedti"
).split()
SOUTH_ASIAN_GIVEN = (
    "Rahul Priya Amit Sunil Anil Rajesh Suresh Ramesh Mahesh Vijay Sanjay Ajay Arun Arvind Narendra Manmohan Sonia Indira Rajiv Lalu "
    "Nitish Mamata Mayawati Akhilesh Yogi Nirmala Sushma Smriti Pranab Ashok Deepak Manoj Vinod Kiran Lakshmi Sita Gita Anita Sunita "
    "Kavita Meena Ranjit Harpreet Gurpreet Manpreet Jaswant Balwinder Amarinder Imran Nawaz Shahbaz Benazir Bilawal Asif Pervez Shaukat "
    "Yousaf Maryam Hina Sheikh Khaleda Sajeeb Tarique Abdul Mizanur Shakib Mushfiqur Mahinda Gotabaya Ranil Maithripala Sirisena "
    "Chandrika Sanath Kumar Lasith Prachanda Sher Pushpa Bidya Madhav Hamid Ashraf Zalmay Gulbuddin Burhanuddin Haibatullah Sirajuddin"
).split()
SOUTH_ASIAN_FAMILY = (
    "Sharma Verma Gupta Singh Kumar Patel Shah Mehta Reddy Rao Naidu Nair Menon Pillai Iyer Iyengar Mukherjee Banerjee Chatterjee Bose "
    "Ghosh Das Sen Dutta Roy Modi Gandhi Nehru Yadav Kejriwal Thackeray Pawar Fadnavis Shinde Gadkari Advani Vajpayee Jaitley "
    "Chidambaram Tharoor Kaur Gill Sidhu Dhillon Khan Sharif Bhutto Zardari Gilani Qureshi Chaudhry Malik Mirza Baig Butt Rana Raja "
    "Hussain Rahman Rashid Islam Alam Hossain Chowdhury Sarkar Hasina Zia Mollah Rajapaksa Wickremesinghe Premadasa Bandaranaike "
    "Jayawardene Sangakkara Fernando Perera de Silva Dissanayake Thapa Adhikari Koirala Oli Dahal Deuba Shrestha Gurung Rai Tamang "
    "Karzai Ghani Hekmatyar Rabbani Akhundzada Haqqani Mujahid"
).split()
SLAVIC_EXTRA = (
    "Kozlov Morozov Danylchuk Shevchuk Kovalenko Bondarenko Tkachenko Kravchuk Lysenko Petrenko Savchenko Melnyk Boyko Hrytsenko "
    "Sydorenko Ponomarenko Zaluzhny Budanov Reznikov Yermak Podolyak Arestovych Medvedchuk Tymoshenko Yanukovych Poroshenko Klitschko "
    "Avakov Kuleba Shoigu Lavrov Patrushev Bortnikov Naryshkin Gerasimov Surovikin Prigozhin Kadyrov Volodin Matviyenko Zakharova "
    "Mishustin Sobyanin Chemezov Sechin Abramovich Deripaska Usmanov Malofeev Surkov Glazyev Aksyonov Pushilin Pasechnik Saldo "
    "Lukashenka Tsikhanouskaya Kalesnikava Babaryka Latushka Karpenkov Vucic Dacic Brnabic Djokovic Dodik Izetbegovic Plenkovic "
    "Milanovic Jansa Golob Kaczynski Morawiecki Duda Tusk Kwasniewski Walesa Zeman Babis Fiala Pavel Fico Caputova Radev Borisov Petkov "
    "Gruevski Zaev Thaci Kurti Haradinaj Rama Berisha Sandu Dodon Plahotniuc"
).split()

FAMILY_FIRST = {"CN", "TW", "KR", "VN", "KH"}
HISPANIC = set("ES MX AR CL CO PE CU DO PY SV CR GT BO EC PA PR UY VE".split())
ARABIC = set("EG AE SA JO KW LB LY MA DZ IQ TN".split())
PARTICLES = (
    ("van",),
    ("van", "der"),
    ("van", "den"),
    ("de",),
    ("de", "la"),
    ("del",),
    ("von",),
    ("di",),
    ("da",),
    ("dos",),
    ("ter",),
    ("le",),
)
# Faker's locales whose names are Latin or romanise well; scripts that leave vowels out do not.
SKIPPED_LOCALES = {
    "he_IL",
    "ar_AA",
    "ar_AE",
    "ar_BH",
    "ar_EG",
    "ar_JO",
    "ar_PS",
    "ar_SA",
    "fa_IR",
    "ko_KR",
    "zh_CN",
    "zh_TW",
    "ja_JP",
    "th_TH",
    "th",
    "dk_DK",
    "hi_IN",
    "mr_IN",
    "ne_NP",
    "ta_IN",
    "gu_IN",
    "bn_BD",
    "or_IN",
    "fr_QC",
}


@dataclass(frozen=True, slots=True)
class Name:
    """One invented person: the words of the given and of the family name."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    family_first: bool = False

    @property
    def full(self) -> tuple[str, ...]:
        """As it stands at the first mention."""
        return self.family + self.given if self.family_first else self.given + self.family


@dataclass(frozen=True, slots=True)
class Culture:
    """Where names are drawn from."""

    code: str
    given: tuple[str, ...]
    family: tuple[str, ...]


def read_cultures(folder: Path, seed: int) -> list[Culture]:
    """One culture per country of the two lists in *folder* and per locale of Faker, and those above."""
    given, family = _by_country(folder / "given_names.csv"), _by_country(folder / "surnames.csv")
    cultures = [Culture(code, tuple(given[code]), tuple(family[code])) for code in sorted(given.keys() & family.keys())]
    arabs = tuple(ARABIC_GIVEN) + tuple(name for code in sorted(ARABIC) for name in given.get(code, []))
    cultures += [Culture("ARABIC", arabs, tuple(ARABIC_FAMILY))] * 8
    cultures += [Culture("CHINESE", tuple(CHINESE_PARTS), tuple(CHINESE_FAMILY))] * 7
    cultures += [Culture("KOREAN", tuple(KOREAN_PARTS), tuple(KOREAN_FAMILY))] * 4
    cultures += [Culture("AFRICA", tuple(AFRICAN_GIVEN), tuple(AFRICAN_FAMILY))] * 8
    cultures += [Culture("INDIA", tuple(SOUTH_ASIAN_GIVEN), tuple(SOUTH_ASIAN_FAMILY))] * 7
    slavs = tuple(name for code in ("RU", "UA", "BY", "BG", "RS") for name in given.get(code, []))
    cultures += [Culture("SLAVS", slavs, tuple(SLAVIC_EXTRA))] * 8
    cultures += [_from_faker(locale, seed) for locale in sorted(AVAILABLE_LOCALES) if locale not in SKIPPED_LOCALES]
    return [culture for culture in cultures if len(culture.given) > 1 and len(culture.family) > 1]


def _by_country(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            for column in ("Romanized Name", "Localized Name"):
                name = row[column].strip()
                if name and name[0].isupper() and name.isprintable() and _latin(name):
                    found.setdefault(row["Country"], []).append(name)
    return found


def _latin(name: str) -> bool:
    return all(not char.isalpha() or ord(char) < 0x250 or 0x1E00 <= ord(char) < 0x1F00 for char in name)


def _from_faker(locale: str, seed: int) -> Culture:
    source = Faker(locale)
    source.seed_instance(seed)
    given = [_romanised(source.first_name()) for _ in range(PER_LOCALE)]
    family = [_romanised(source.last_name()) for _ in range(PER_LOCALE)]
    usable = lambda names: tuple(name for name in names if len(name) > 1 and name[0].isupper())  # noqa: E731
    return Culture(locale, usable(given), usable(family))


def _romanised(name: str) -> str:
    if _latin(name):
        return name
    plain = anyascii(name).replace("'", "").replace("`", "")
    for old, new in (("iy", "y"), ("ii", "iy"), ("ij", "y")):
        if plain.endswith(old):
            plain = plain[: -len(old)] + new
    return plain[:1].upper() + plain[1:]


def draw_name(culture: Culture, rng: random.Random) -> Name:
    """A person of that culture, written the way its names are."""
    code = culture.code
    if code in {"CHINESE", "KOREAN"}:
        return _of_syllables(culture, rng)
    given, family = tuple(rng.choice(culture.given).split()), tuple(rng.choice(culture.family).split())
    if code in FAMILY_FIRST or code == "vi_VN":
        return Name(given, family, family_first=True)
    if code in ARABIC or code == "ARABIC":
        return _arabic(given, family, culture, rng)
    if code in HISPANIC or code.startswith("es_"):
        return _hispanic(given, family, culture, rng)
    chance = rng.random()
    if chance < 0.04:
        family = rng.choice(PARTICLES) + family
    elif chance < 0.14:
        given += (rng.choice("ABCDEFGHIJKLMNOPRSTVW") + ".",)
    elif chance < 0.19:
        given += tuple(rng.choice(culture.given).split())[:1]
    elif chance < 0.23:
        family = (f"{family[0]}-{rng.choice(culture.family).split()[0]}",)
    elif chance < 0.25:
        family += (rng.choice(("Jr.", "Sr.", "Jr", "III", "II")),)
    return Name(given, family)


def _of_syllables(culture: Culture, rng: random.Random) -> Name:
    parts = [rng.choice(culture.given) for _ in range(1 if rng.random() < 0.2 else 2)]
    chance = rng.random()
    joint = "-" if culture.code == "KOREAN" or chance < 0.15 else ""
    word = joint.join([parts[0], *(part.lower() for part in parts[1:])])
    given = tuple(parts) if chance > 0.93 else (word,)
    return Name(given, (rng.choice(culture.family),), family_first=rng.random() < 0.9)


def _hispanic(given: tuple[str, ...], family: tuple[str, ...], culture: Culture, rng: random.Random) -> Name:
    second = tuple(rng.choice(culture.family).split())
    chance = rng.random()
    if chance < 0.35:
        family = family[:1] + (("y",) if rng.random() < 0.05 else ()) + second[:1]
    elif chance < 0.42:
        family = (f"{family[0]}-{second[0]}",)
    if rng.random() < 0.25:
        given += tuple(rng.choice(culture.given).split())[:1]
    return Name(given, family)


def _arabic(given: tuple[str, ...], family: tuple[str, ...], culture: Culture, rng: random.Random) -> Name:
    article = rng.choice(("al-", "al-", "al-", "Al-", "Al ", "al ", "el-", "El ", "", "", "", "bin ", "ben ", "Abu "))
    surname = tuple((article + family[0]).split()) if len(family) == 1 else family
    chance = rng.random()
    if chance < 0.15:
        given += (rng.choice(("bin", "bin", "ibn", "bint")), rng.choice(culture.given).split()[0])
    elif chance < 0.35:
        given += tuple(rng.choice(culture.given).split())[:1]
    elif chance < 0.4:
        given = (rng.choice(("Abdul", "Abd", "Abu")), *given)
    return Name(given, surname)
