metadata description = 'Monthly budget of a subscription: says when cost nears it, and stops nothing.'

targetScope = 'subscription'

@description('Name of the budget.')
@maxLength(63)
param name string

@description('Amount of a month in the currency of the subscription.')
@minValue(1)
param amount int

@description('First day of the first month, as YYYY-MM-DD.')
@minLength(10)
@maxLength(10)
param startDate string

@description('E-mail addresses that are told.')
@minLength(1)
param contactEmails string[]

resource budget 'Microsoft.Consumption/budgets@2026-06-01' = {
  name: name
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: startDate
    }
    notifications: {
      spent80: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: contactEmails
      }
      forecast100: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: contactEmails
      }
    }
  }
}

@description('Id of the budget.')
output resourceId string = budget.id
