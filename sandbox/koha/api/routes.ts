import { accountRoutes } from './account-routes.ts'
import type { Route } from './call.ts'
import { catalogueRoutes } from './catalogue-routes.ts'
import { patronRoutes } from './patron-routes.ts'

/** The part of Koha's API that the sandbox plays, besides /oauth/token. */
export const routes: Route[] = [...patronRoutes, ...accountRoutes, ...catalogueRoutes]
