/** One space of work: the app it is and the pages of its menu. */
export type Espace = { app: string; titre: string; pages: readonly (readonly [path: string, titre: string])[] }

/** The spaces behind the sign-in, for the site map. A test holds this list to the menus of the apps. */
export const ESPACES: readonly Espace[] = [
  {
    app: 'collectivite',
    titre: 'Espace des collectivités',
    pages: [
      ['/', 'Accueil'],
      ['/conventions', 'Conventions'],
      ['/commandes', 'Commandes'],
      ['/stock', 'Stock et attributions'],
      ['/factures', 'Factures'],
      ['/carnets', 'Carnets'],
      ['/lieux', 'Lieux'],
      ['/tableau-de-bord', 'Tableau de bord'],
      ['/grand-livre', 'Grand livre'],
    ],
  },
  {
    app: 'prescripteur',
    titre: 'Espace des prescripteurs',
    pages: [
      ['/', 'Accueil'],
      ['/remettre', 'Remettre un carnet'],
      ['/stock', 'Mon stock'],
      ['/personnes', 'Personnes servies'],
      ['/rendez-vous', 'Rendez-vous'],
      ['/attributions', 'Attributions'],
    ],
  },
  {
    app: 'mediateur',
    titre: 'Espace des lieux de médiation',
    pages: [
      ['/', 'Ma journée'],
      ['/guichet', 'Guichet'],
      ['/ateliers', 'Ateliers'],
      ['/virements', 'Virements'],
      ['/mon-lieu', 'Mon lieu'],
    ],
  },
  {
    app: 'operateur',
    titre: 'Espace de l’opérateur',
    pages: [
      ['/', 'Accueil'],
      ['/commandes', 'Commandes'],
      ['/bordereaux', 'Bordereaux'],
      ['/carnets', 'Carnets'],
      ['/factures', 'Factures'],
      ['/remboursements', 'Arrêter un mois'],
      ['/conventions', 'Conventions'],
      ['/grand-livre', 'Grand livre'],
      ['/lieux', 'Lieux'],
      ['/alertes', 'Alertes'],
      ['/a-examiner', 'À examiner'],
    ],
  },
  {
    app: 'anct',
    titre: 'Espace de l’ANCT',
    pages: [
      ['/', 'Accueil'],
      ['/conventions', 'Conventions'],
      ['/commandes', 'Commandes'],
      ['/territoires', 'Territoires'],
      ['/frais', 'Frais et TVA'],
      ['/lieux', 'Lieux'],
    ],
  },
  {
    app: 'partenaire',
    titre: 'Espace des préfectures, des hubs et des financeurs',
    pages: [
      ['/', 'Accueil'],
      ['/conventions', 'Conventions'],
      ['/lieux', 'Lieux'],
    ],
  },
  {
    app: 'compte',
    titre: 'Mon compte et mon organisation',
    pages: [
      ['/', 'Mon compte'],
      ['/securite', 'Sécurité'],
      ['/notifications', 'Notifications'],
      ['/equipe', 'Équipe'],
      ['/journal', 'Journal'],
      ['/postes', 'Postes partagés'],
      ['/organisations', 'Organisations'],
      ['/comptes', 'Désactiver un compte'],
      ['/assistance', 'Assistance'],
    ],
  },
]
